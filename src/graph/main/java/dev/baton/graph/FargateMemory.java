package dev.baton.graph;

import java.util.Optional;

/// The memory sizes of Fargate: from `least` to `most` MB in steps. See [Task CPU and
/// memory](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size).
record FargateMemory(int least, int most, int step) {
    private static final int GIGABYTE = 1_024;

    /// @return nothing where Fargate has no such CPU
    static Optional<FargateMemory> of(int milliCpu) {
        return Optional.ofNullable(
                switch (milliCpu) {
                    case 250 -> new FargateMemory(512, 2 * GIGABYTE, 512);
                    case 500 -> gigabytes(1, 4, 1);
                    case 1_000 -> gigabytes(2, 8, 1);
                    case 2_000 -> gigabytes(4, 16, 1);
                    case 4_000 -> gigabytes(8, 30, 1);
                    case 8_000 -> gigabytes(16, 60, 4);
                    case 16_000 -> gigabytes(32, 120, 8);
                    default -> null;
                });
    }

    private static FargateMemory gigabytes(int least, int most, int step) {
        return new FargateMemory(least * GIGABYTE, most * GIGABYTE, step * GIGABYTE);
    }

    boolean has(int megabytes) {
        // With a quarter of a CPU there are 512, 1024 and 2048 MB, but not 1536.
        return megabytes >= least
                && megabytes <= most
                && (megabytes - least) % step == 0
                && !(least == 512 && megabytes == 3 * 512);
    }

    /// Such as `from 2048 to 8192 in steps of 1024`.
    String told() {
        return least == 512 ? "512, 1024 or 2048" : "from " + least + " to " + most + " in steps of " + step;
    }
}
