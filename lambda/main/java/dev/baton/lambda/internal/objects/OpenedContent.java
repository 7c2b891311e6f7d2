package dev.baton.lambda.internal.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/// A content for the time of one call. Neither signer nor HTTP client close what they read: a temporary file that stays
/// open takes its place on the disk even after it was deleted.
final class OpenedContent implements ContentStreamProvider, AutoCloseable {
    private final SpooledContent content;
    private final long offset;
    private final long length;
    private final List<InputStream> opened = new ArrayList<>();

    OpenedContent(SpooledContent content, long offset, long length) {
        this.content = content;
        this.offset = offset;
        this.length = length;
    }

    /// What the SDK sends.
    ///
    /// @param contentType where the request says none
    RequestBody body(String contentType) {
        return RequestBody.fromContentProvider(this, length, contentType);
    }

    @Override
    public InputStream newStream() {
        var stream = content.slice(offset, length);
        opened.add(stream);
        return stream;
    }

    @Override
    public void close() {
        for (var stream : opened) {
            try {
                stream.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
