package dev.baton.lambda.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void what_is_small_stays_in_memory_and_is_hashed_on_the_way() throws IOException {
        var spool = new Spool(3);
        spool.write('a');
        spool.write("bc".getBytes(StandardCharsets.US_ASCII));
        var content = spool.finish();

        assertThat(content.sha256()).isEqualTo(ABC);
        assertThat(content.size()).isEqualTo(3);
        assertThat(content.slice(1, 2).readAllBytes()).asString().isEqualTo("bc");
    }

    @Test
    void what_is_large_goes_to_a_file_that_can_be_read_in_slices() throws IOException {
        var spool = new Spool(10);
        for (var i = 0; i < 1_000; i++) {
            spool.write("0123456789".getBytes(StandardCharsets.US_ASCII));
        }
        var content = spool.finish();

        assertThat(content.size()).isEqualTo(10_000);
        try (var in = content.slice(9_995, 5)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("56789");
        }
        try (var in = content.slice(3, 4)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("3456");
        }
        content.discard();
        assertThatThrownBy(() -> content.slice(0, 1)).hasMessageContaining("baton-");
    }

    @Test
    void after_its_end_nothing_more_can_be_written() throws IOException {
        var spool = new Spool(10);
        spool.finish();

        assertThatThrownBy(() -> spool.write('a')).isInstanceOf(IOException.class).hasMessage("the output was closed");
    }
}
