"""Key management: the rules of root keys and standard keys, of Hyper Protect Crypto Services and Key Protect alike.

Source: reference/kms-api.md. Keys exist here only as blobs that an HSM sealed; see `kyok.hsm`.
"""
