package dev.baton.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Lambda's Java runtime is started with.
class JavaRuntimeTest {
    /// As process tables of functions of these sizes were seen to have it.
    @ParameterizedTest
    @CsvSource({"128, 111411", "256, 222822", "512, 445645", "3008, 2618163"})
    void the_heap_is_85_percent_of_the_memory(int megabytes, long kilobytes) {
        assertThat(JavaRuntime.heapKilobytes(megabytes)).isEqualTo(kilobytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "2, 8", "16, 32", "24, 48", "512, 64"})
    void there_are_as_many_processes_as_the_memory_has_room_for(long gigabytes, int processes) {
        assertThat(JavaRuntime.processesFor(gigabytes << 30)).isEqualTo(processes);
    }

    @Test
    void the_class_path_begins_with_the_client_and_the_handler_is_the_last_word() {
        var runtime = new JavaRuntime(Path.of("java"), List.of(Path.of("ric.jar")), List.of("-Dgiven=1"), 1)
                .withClasses(List.of(Path.of("task.jar")));
        assertThat(runtime.command(512, Path.of("/t"), Path.of("/n.so"), "a.Handler"))
                .startsWith("java", "-XX:MaxHeapSize=445645k")
                .containsSubsequence(
                        "-Dgiven=1",
                        "-classpath",
                        "ric.jar:task.jar",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        "a.Handler")
                .endsWith("a.Handler");
    }

    @Test
    void no_process_at_all_is_refused() {
        assertThatThrownBy(() -> new JavaRuntime(Path.of("java"), List.of(), List.of(), 0))
                .hasMessageContaining("at least one process");
    }
}
