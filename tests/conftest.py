"""For every test: no display is needed, and no keyring of the person who runs them is ever touched."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["KYOK_NODES"] = "simulated"  # tests of real servers ask for them
for name in ("KYOK_HOME", "KYOK_API_KEY", "KYOK_PASSPHRASE_FILE"):
    os.environ.pop(name, None)

# A machine that is busy with other things draws slowly: that says nothing of what is tested.
settings.register_profile("kyok", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kyok")
