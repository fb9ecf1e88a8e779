"""`python -m jiuye.runtime COMMAND …`: what the launcher runs once the dependencies are in."""

import sys

from jiuye.runtime.command_line import main

sys.exit(main(sys.argv[1:]))
