"""The resource controller: service instances, resource groups, reclamations, and the catalog they are chosen from."""
