package dev.baton.compiler.artefact;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A jar that stays open, with the entries that this JVM's version has of a multi-release jar.
final class OpenJar {
    private final Path file;
    private final JarFile jar;
    private final URL url;
    private final @Nullable Attributes manifest;

    /// @throws IOException where the file is not a jar
    OpenJar(Path file) throws IOException {
        this.file = file;
        this.url = file.toUri().toURL();
        this.jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
        var said = jar.getManifest();
        this.manifest = said == null ? null : said.getMainAttributes();
    }

    Path file() {
        return file;
    }

    boolean has(String name) {
        return jar.getEntry(name) != null;
    }

    byte[] read(String name) throws IOException {
        var entry = jar.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException(file + " has no " + name);
        }
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// The place of an entry that [#has].
    URL url(String name) {
        var entry = jar.getJarEntry(name);
        try {
            // Names of entries may hold what URIs may not, such as a space.
            var path = new URI(null, null, "/" + (entry == null ? name : entry.getRealName()), null).getRawPath();
            return URI.create("jar:" + url + "!" + path).toURL();
        } catch (MalformedURLException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    CodeSource source() {
        return new CodeSource(url, (CodeSigner[]) null);
    }

    /// What the manifest says of the whole jar; null where it says nothing.
    @Nullable
    String said(String attribute) {
        return manifest == null ? null : manifest.getValue(attribute);
    }

    void close() {
        try {
            jar.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
