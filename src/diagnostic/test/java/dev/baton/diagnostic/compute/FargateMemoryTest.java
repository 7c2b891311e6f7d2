package dev.baton.diagnostic.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateMemoryTest {
    /// AWS's table, in which the sizes of a row are counted.
    @ParameterizedTest
    @CsvSource({
        "256, 3, 512, 2048",
        "512, 4, 1024, 4096",
        "1024, 7, 2048, 8192",
        "2048, 13, 4096, 16384",
        "4096, 23, 8192, 30720",
        "8192, 12, 16384, 61440",
        "16384, 12, 32768, 122880",
    })
    void a_cpu_goes_with_the_sizes_of_the_table(int cpu, int count, int least, int most) {
        var sizes = FargateMemory.of(cpu).orElseThrow();
        var found = IntStream.rangeClosed(0, 1 << 18).filter(sizes::has).toArray();
        assertThat(found).hasSize(count).startsWith(least).endsWith(most);
    }

    @Test
    void other_cpus_have_none() {
        assertThat(IntStream.rangeClosed(0, 1 << 15)
                        .filter(cpu -> FargateMemory.of(cpu).isPresent()))
                .hasSize(7);
        assertThat(FargateMemory.of((1L << 32) + 256)).isEmpty();
    }
}
