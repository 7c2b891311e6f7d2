package dev.baton.local.http;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A service's answer. The wire adds the length, the date and the request id.
public record AwsResponse(int status, Headers headers, Body body) {

    /// The content of an answer.
    public sealed interface Body {
        Body NONE = new Bytes(new byte[0]);
    }

    public record Bytes(byte[] bytes) implements Body {}

    /// Content that is written while it is sent.
    ///
    /// @param length in bytes; negative where it is not known beforehand, the answer then goes in chunks
    /// @param source writes exactly that many bytes
    public record Stream(long length, Source source) implements Body {}

    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    public static AwsResponse of(int status) {
        return new AwsResponse(status, new Headers(4), Body.NONE);
    }

    public static AwsResponse of(int status, String contentType, byte[] bytes) {
        return new AwsResponse(status, new Headers(4).add("Content-Type", contentType), new Bytes(bytes));
    }

    /// Adds a header, unless the value is absent.
    public AwsResponse with(String name, @Nullable String value) {
        headers.addIf(name, value);
        return this;
    }
}
