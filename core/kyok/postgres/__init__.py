"""Real database servers: PostgreSQL programs, the volumes they stand on, and the supervisor of three nodes.

Called by the database service's driver only. Owns processes, ports, certificates and the clear view of each volume;
holds a data key as long as its volume is open. It knows nothing of key rules, of the store, of REST: who may be open is
decided above, and told by handing a data key in or by closing.
"""
