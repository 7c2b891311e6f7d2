package dev.baton.lambda.internal.aws;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;

/// A content for the time of one request. Neither signer nor HTTP client close what they read: a temporary file that
/// stays open takes its place on the disk even after it was deleted.
final class OpenedContent implements ContentStreamProvider, AutoCloseable {
    private final ContentStreamProvider content;
    private final List<InputStream> opened = new ArrayList<>();

    OpenedContent(ContentStreamProvider content) {
        this.content = content;
    }

    @Override
    public InputStream newStream() {
        var stream = content.newStream();
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
