/**
 * A Python program that runs pip with the environment markers in its first argument. pip's options for another platform
 * and version do not change its markers: `numpy; python_version < "3.10"` is decided by the Python that runs pip.
 */
export const pipRunner = `
import json, runpy, sys
markers = json.loads(sys.argv.pop(1))
sys.argv[0] = "pip"
try:
    from pip._vendor.packaging import markers as module
except ImportError:
    pass
else:
    environment = dict(module.default_environment(), **markers)
    module.default_environment = lambda: dict(environment)
runpy.run_module("pip", run_name="__main__", alter_sys=True)
`;
