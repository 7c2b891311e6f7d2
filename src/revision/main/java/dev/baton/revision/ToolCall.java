package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One call of a repository's program: its words as they are, no shell between, within a time and a size.
///
/// @param program `git` or `hg`
/// @param folder the repository's root, where it is called
/// @param foreign which variables of this process the program does not get
/// @param environment what it gets besides
record ToolCall(
        ToolPrograms programs,
        String program,
        Path folder,
        Predicate<String> foreign,
        Map<String, String> environment) {
    private static final int MOST_COMPLAINT = 4_096;

    /// The answer of a program. Nobody changes its bytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int exit, byte[] out, String complaint) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        /// The parts that a zero byte ends.
        List<String> parts() {
            return List.of(text().split("\0")).stream()
                    .filter(part -> !part.isEmpty())
                    .toList();
        }
    }

    /// The answer of a call that ends well.
    ///
    /// @throws DiagnosticException REV001, REV006 to REV008
    Answer answer(List<String> words) {
        var answer = any(words, new byte[0]);
        if (answer.exit() != 0) {
            throw new DiagnosticException(
                    RevisionFindings.failed(program, folder, words, answer.exit(), answer.complaint()));
        }
        return answer;
    }

    /// The answer, however it ends.
    ///
    /// @param input what it is told
    /// @throws DiagnosticException REV001, REV007, REV008
    Answer any(List<String> words, byte[] input) {
        var command = new ArrayList<String>();
        command.add(programs.find(program, folder).toString());
        command.addAll(words);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(foreign);
        builder.environment().putAll(environment);
        try {
            return any(builder.start(), words, input);
        } catch (IOException e) {
            throw new DiagnosticException(RevisionFindings.notCalled(program, folder, e));
        }
    }

    private Answer any(Process process, List<String> words, byte[] input) {
        var end = System.nanoTime() + programs.patience().toNanos();
        // Threads of their own, which nobody joins: what the program has called may hold its pipes open after its end.
        var out = inThread(() -> read(process.getInputStream(), programs.most() + 1, false));
        var complaint = inThread(() -> read(process.getErrorStream(), MOST_COMPLAINT, true));
        Thread.ofVirtual().start(() -> tell(process, input));
        try {
            var said = out.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (said.length > programs.most()) {
                throw new DiagnosticException(RevisionFindings.tooLong(program, folder, words, programs.most()));
            }
            var complained = complaint.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            return new Answer(process.exitValue(), said, new String(complained, StandardCharsets.UTF_8).strip());
        } catch (TimeoutException e) {
            throw new DiagnosticException(RevisionFindings.tooSlow(program, folder, words, programs.patience()));
        } catch (ExecutionException e) {
            throw new DiagnosticException(RevisionFindings.notCalled(program, folder, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiagnosticException(RevisionFindings.notCalled(program, folder, e));
        } finally {
            // It has ended, or is not waited for; so are those that it has called.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static <T> CompletableFuture<T> inThread(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /// @param toTheEnd whether it is read further than it is kept: a program waits until somebody reads
    private static byte[] read(InputStream in, int most, boolean toTheEnd) {
        var kept = new ByteArrayOutputStream();
        var buffer = new byte[8_192];
        try {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                kept.write(buffer, 0, Math.min(read, most - kept.size()));
                if (kept.size() == most && !toTheEnd) {
                    break;
                }
            }
            return kept.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(Process process, byte[] input) {
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            // It has ended without reading: its exit says why.
        }
    }
}
