package dev.baton.lambda.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.DataInvalid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ReadPlacesTest {
    private static final String URI = "s3://lake/a";

    @FunctionalInterface
    private interface Reading {
        void of(InputStream in) throws Exception;
    }

    /// What becomes of the failure to read it.
    private static Exception read(byte[] content, Reading reading) {
        var places = new ReadPlaces();
        try (var in = places.counted(URI, new ByteArrayInputStream(content))) {
            reading.of(in);
        } catch (Exception e) {
            return places.explain(e);
        }
        throw new AssertionError("nothing failed");
    }

    private static byte[] zipped() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write("a,b\n1,2\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_compressed_file_that_is_cut_off_is_invalid_data_with_its_place() throws IOException {
        var cut = Arrays.copyOf(zipped(), zipped().length - 12);
        assertThat(read(cut, in -> new GZIPInputStream(in).readAllBytes()))
                .isInstanceOf(DataInvalid.class)
                .hasMessage(URI + ": cannot be decoded; byte " + cut.length + ", its end, was reached when"
                        + " EOFException came:"
                        + " Unexpected end of ZLIB input stream")
                .hasCauseInstanceOf(EOFException.class);
        var archive = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(archive)) {
            out.putNextEntry(new ZipEntry("a"));
            out.write(zipped());
        }
        assertThat(read(Arrays.copyOf(archive.toByteArray(), 40), in -> {
                    var zip = new ZipInputStream(in);
                    zip.getNextEntry();
                    zip.readAllBytes();
                }))
                .isInstanceOf(DataInvalid.class);
    }

    @Test
    void a_file_that_is_not_compressed_or_in_another_character_set_is_invalid_data() {
        assertThat(read("plain text".getBytes(StandardCharsets.UTF_8), GZIPInputStream::new))
                .hasMessage(URI + ": cannot be decoded; byte 2 was reached when ZipException came: Not in GZIP format");
        var latin = "\u00e9 vero".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin, in -> new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()).read(new char[9])))
                .isInstanceOf(DataInvalid.class);
        assertThat(read(latin, in -> {
                    try {
                        new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()).read(new char[9]);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .isInstanceOf(DataInvalid.class);
    }

    @Test
    void what_is_not_about_the_bytes_of_an_input_stays_itself() {
        var broken = new EOFException("the connection was closed");
        assertThat(read(new byte[9], in -> {
                    in.readAllBytes();
                    throw broken;
                }))
                .isSameAs(broken);
        var own = new IllegalStateException("mine");
        assertThat(read(new byte[9], in -> {
                    in.readAllBytes();
                    throw own;
                }))
                .isSameAs(own);
        assertThat(new ReadPlaces().explain(broken)).isSameAs(broken);
    }
}
