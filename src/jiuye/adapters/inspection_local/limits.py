"""What the child process may use, see `kernel.confinement`."""

MEGABYTES, READING_MEGABYTES = 1024, 4096
WRITTEN_MEGABYTES = 64
CPU_SECONDS, READING_CPU_SECONDS = 10, 60
# Much longer than the processor time: on a busy machine a good file must not be refused.
SECONDS, READING_SECONDS = 60, 180
