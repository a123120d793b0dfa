"""Adds the built command to the wheel. `npm run wheel` sets the variables: the command's directory and the wheel's tag."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommandHook(BuildHookInterface):
    def initialize(self, version, build_data):
        try:
            directory, tag = os.environ["TEPAL_WHEEL_COMMAND"], os.environ["TEPAL_WHEEL_TAG"]
        except KeyError:
            raise SystemExit("Build this wheel with `npm run wheel` in the directory above.") from None
        build_data["force_include"][directory] = "tepal/_command"
        build_data["pure_python"] = False
        build_data["tag"] = tag
