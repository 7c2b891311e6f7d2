package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.SdkMessages;
import dev.baton.task.DataInvalid;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The places to which each input of an attempt was read, and so the place of what a library could not decode. Such
/// data does not become better by another attempt, so it is [DataInvalid].
final class ReadPlaces {
    private volatile @Nullable Counted last;

    /// The stream, with its bytes counted.
    InputStream counted(String uri, InputStream in) {
        return new Counted(uri, in);
    }

    /// The problem itself, or [DataInvalid] where it is the JDK's about bytes that it cannot decode: of the input that
    /// was read last, for decoders read what they decode. What a task wraps in an exception of its own, or catches, is
    /// its own.
    Exception explain(Exception problem) {
        var read = last;
        var cause = problem instanceof UncheckedIOException unchecked ? unchecked.getCause() : problem;
        if (read == null || cause == null || !isUndecodable(cause)) {
            return problem;
        }
        var invalid = new DataInvalid(
                read.uri,
                "cannot be decoded; byte " + read.count + (read.ended ? ", its end, was reached" : " was reached")
                        + " when "
                        + cause.getClass().getSimpleName() + " came"
                        + (cause.getMessage() == null ? "" : ": " + SdkMessages.of(cause)));
        invalid.initCause(problem);
        return invalid;
    }

    private static boolean isUndecodable(Exception cause) {
        return cause instanceof ZipException
                || cause instanceof DataFormatException
                || cause instanceof CharacterCodingException
                || cause instanceof UTFDataFormatException
                || cause instanceof EOFException && isDecoders(cause);
    }

    /// A connection that ends too early is an EOFException as well, and may be better next time.
    private static boolean isDecoders(Exception cause) {
        return Arrays.stream(cause.getStackTrace())
                .limit(3)
                .anyMatch(frame -> frame.getClassName().startsWith("java.util.zip.")
                        || frame.getClassName().startsWith("java.util.jar.")
                        || frame.getClassName().equals("java.io.DataInputStream"));
    }

    private final class Counted extends FilterInputStream {
        private final String uri;
        private volatile long count;
        private volatile boolean ended;

        Counted(String uri, InputStream in) {
            super(in);
            this.uri = uri;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            last = this;
            var n = super.read(into, offset, length);
            add(n);
            ended |= n < 0;
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            last = this;
            var skipped = super.skip(n);
            add(skipped);
            return skipped;
        }

        private synchronized void add(long n) {
            count += Math.max(n, 0);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
