package dev.baton.diagnostic.compute;

import java.util.List;
import java.util.Optional;

/// The memory sizes of Fargate with a CPU: from `least` to `most` MB in steps. See [Task CPU and
/// memory](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size).
///
/// @param cpuUnits 1,024 to a CPU
public record FargateMemory(int cpuUnits, int least, int most, int step) {
    private static final int GIGABYTE = 1_024;
    private static final List<FargateMemory> ALL = List.of(
            new FargateMemory(256, 512, 2 * GIGABYTE, 512),
            gigabytes(512, 1, 4, 1),
            gigabytes(1_024, 2, 8, 1),
            gigabytes(2_048, 4, 16, 1),
            gigabytes(4_096, 8, 30, 1),
            gigabytes(8_192, 16, 60, 4),
            gigabytes(16_384, 32, 120, 8));

    /// The sizes that go with a CPU; nothing where Fargate has no such CPU.
    public static Optional<FargateMemory> of(long cpuUnits) {
        return ALL.stream().filter(sizes -> sizes.cpuUnits == cpuUnits).findFirst();
    }

    private static FargateMemory gigabytes(int cpuUnits, int least, int most, int step) {
        return new FargateMemory(cpuUnits, least * GIGABYTE, most * GIGABYTE, step * GIGABYTE);
    }

    public boolean has(int megabytes) {
        // With a quarter of a CPU there are 512, 1024 and 2048 MB, but not 1536.
        return megabytes >= least
                && megabytes <= most
                && (megabytes - least) % step == 0
                && !(least == 512 && megabytes == 3 * 512);
    }

    /// Such as `from 2048 to 8192 in steps of 1024`.
    public String told() {
        return least == 512 ? "512, 1024 or 2048" : "from " + least + " to " + most + " in steps of " + step;
    }
}
