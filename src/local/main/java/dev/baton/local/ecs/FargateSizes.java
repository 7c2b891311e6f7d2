package dev.baton.local.ecs;

/// The pairs of CPU and memory that Fargate has; see [Task CPU and
/// memory](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size).
final class FargateSizes {
    private static final int GIGABYTE = 1_024;

    private FargateSizes() {}

    /// @param cpu in units, 1,024 to a CPU
    static boolean exists(int cpu, int memoryMegabytes) {
        return switch (cpu) {
            case 256 -> memoryMegabytes == 512 || memoryMegabytes == GIGABYTE || memoryMegabytes == 2 * GIGABYTE;
            case 512 -> within(memoryMegabytes, 1, 4, 1);
            case 1_024 -> within(memoryMegabytes, 2, 8, 1);
            case 2_048 -> within(memoryMegabytes, 4, 16, 1);
            case 4_096 -> within(memoryMegabytes, 8, 30, 1);
            case 8_192 -> within(memoryMegabytes, 16, 60, 4);
            case 16_384 -> within(memoryMegabytes, 32, 120, 8);
            default -> false;
        };
    }

    private static boolean within(int memoryMegabytes, int least, int most, int step) {
        return memoryMegabytes >= least * GIGABYTE
                && memoryMegabytes <= most * GIGABYTE
                && (memoryMegabytes - least * GIGABYTE) % (step * GIGABYTE) == 0;
    }
}
