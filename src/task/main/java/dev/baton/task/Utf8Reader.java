package dev.baton.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text in UTF-8 that knows where it is in its bytes: what is not UTF-8 is told with its line and offset. The readers
/// of the JDK say only how long the malformed piece is.
final class Utf8Reader extends Reader {
    private static final int CHUNK = 8192;

    private final String uri;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    private final CharBuffer text = CharBuffer.allocate(CHUNK).flip();
    /// How many bytes came before those in the buffer.
    private long before;
    /// Of the next character, counted from 1.
    private long line = 1;

    private boolean ended;
    private @Nullable DataInvalid found;

    /// @param uri as findings name it
    Utf8Reader(String uri, InputStream in) {
        this.uri = uri;
        this.in = in;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!text.hasRemaining()) {
            if (found != null) {
                throw found;
            }
            if (!decode()) {
                return -1;
            }
        }
        var n = Math.min(length, text.remaining());
        text.get(into, offset, n);
        return n;
    }

    /// Decodes what is there, and otherwise reads on. What comes before a malformed piece is handed out first.
    ///
    /// @return false where the text is at its end
    private boolean decode() throws IOException {
        text.clear();
        var result = decoder.decode(bytes, text, ended);
        text.flip();
        text.chars().filter(c -> c == '\n').forEach(c -> line++);
        if (result.isError()) {
            found = invalid(result);
            return true;
        }
        if (text.hasRemaining()) {
            return true;
        }
        if (ended) {
            return false;
        }
        before += bytes.position();
        bytes.compact();
        var n = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = n < 0;
        bytes.position(bytes.position() + Math.max(n, 0)).flip();
        return true;
    }

    private DataInvalid invalid(CoderResult result) {
        var at = bytes.position();
        var piece = new StringBuilder();
        for (var i = 0; i < result.length(); i++) {
            piece.append(String.format(" %02X", bytes.get(at + i)));
        }
        return new DataInvalid(
                uri,
                line,
                0,
                "expected UTF-8 text, but byte " + (before + at) + " is" + piece
                        + (ended && at + result.length() == bytes.limit() ? ", where the file ends" : ""));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
