"""`python -m jiuye.runtime COMMAND …`: run by the launcher once the dependencies are installed."""

import sys

from jiuye.runtime.command_line import main

sys.exit(main(sys.argv[1:]))
