"""Which of the peers' libraries this interpreter has: a line of JSON, module to version."""

import importlib
import json
import sys

found = {}
for name in ("numpy", "torch", "sklearn", "pandas"):
    try:
        found[name] = importlib.import_module(name).__version__.split("+")[0]
    except Exception:  # missing, or broken: either way no peer
        pass
print(json.dumps({"python": sys.version.split()[0], "executable": sys.executable, "modules": found}))
