"""A fault for processes that are started with this folder on PYTHONPATH: FAULT_KILL_RUN=NAME kills that run's job."""

import os
import signal

if "FAULT_KILL_RUN" in os.environ:
    import scenarios.task

    execute = scenarios.task.execute

    def faulty(config):
        if config.scenario.name == os.environ["FAULT_KILL_RUN"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(config)

    scenarios.task.execute = faulty
