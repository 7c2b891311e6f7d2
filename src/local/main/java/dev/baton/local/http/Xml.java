package dev.baton.local.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Writes an XML document from its root down.
public final class Xml {
    private final StringBuilder text = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    public Xml open(String name) {
        text.append('<').append(name).append('>');
        open.push(name);
        return this;
    }

    public Xml open(String name, String namespace) {
        text.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
        open.push(name);
        return this;
    }

    /// An element with an `xsi:type`, as S3 has for grantees.
    public Xml openTyped(String name, String type) {
        text.append('<').append(name);
        text.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"")
                .append(type)
                .append("\">");
        open.push(name);
        return this;
    }

    public Xml close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    public Xml element(String name, String content) {
        text.append('<').append(name).append('>');
        escape(content);
        text.append("</").append(name).append('>');
        return this;
    }

    public Xml element(String name, long content) {
        return element(name, Long.toString(content));
    }

    public Xml element(String name, boolean content) {
        return element(name, Boolean.toString(content));
    }

    /// The element, unless its content is absent.
    public Xml elementIf(String name, @Nullable String content) {
        return content == null ? this : element(name, content);
    }

    /// Characters that XML 1.0 cannot hold become numeric references, as S3 writes them.
    private void escape(String content) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> {
                    if (c < ' ' && c != '\n' && c != '\t') {
                        text.append("&#x").append(Integer.toHexString(c)).append(';');
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return text.toString();
    }

    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }
}
