package dev.baton.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionStorageTest {
    @TempDir
    private Path folder;

    private void fill(String name, long bytes) throws IOException {
        // Its size is what counts, and its bytes need not be there.
        try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    private static void call(RequestStreamHandler handler) throws IOException {
        handler.handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), null);
    }

    @Test
    void what_fits_is_left_alone_and_deleted_when_the_invocation_ends() throws IOException {
        var storage = new FunctionStorage(folder);
        call(storage.bound((in, out, context) -> fill("a", FunctionStorage.BYTES)));
        assertThat(folder).isEmptyDirectory();
        call(storage.bound((in, out, context) -> fill("a", FunctionStorage.BYTES)));
    }

    @Test
    void an_invocation_that_fills_more_fails_as_in_lambda_and_the_next_finds_it_empty() throws IOException {
        var storage = new FunctionStorage(folder);
        var handler = storage.bound((in, out, context) -> {
            fill("a", FunctionStorage.BYTES);
            fill("b", 1);
        });
        assertThatThrownBy(() -> call(handler)).isInstanceOf(IOException.class).hasMessage("No space left on device");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> call(storage.bound((in, out, context) -> {
                    fill("a", FunctionStorage.BYTES + 1);
                    throw new IllegalStateException("of something else");
                })))
                .hasMessage("No space left on device");
        call(storage.bound((in, out, context) -> {}));
    }

    @Test
    void what_cannot_be_told_apart_fails_nobody_and_what_one_has_alone_is_its_own() throws Exception {
        var storage = new FunctionStorage(folder);
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var other = CompletableFuture.runAsync(() -> {
            try {
                call(storage.bound((in, out, context) -> {
                    begun.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        call(storage.bound((in, out, context) -> fill("whose", 3 * FunctionStorage.BYTES)));
        assertThat(folder.resolve("whose")).exists();
        end.countDown();
        other.join();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_the_embedded_aws_keeps_there_is_nobodys() throws IOException {
        Files.createDirectories(folder.resolve("baton-functions-1"));
        var storage = new FunctionStorage(folder);
        call(storage.bound((in, out, context) -> fill("baton-functions-1/jar", 2 * FunctionStorage.BYTES)));
        assertThat(folder.resolve("baton-functions-1/jar")).exists();
    }
}
