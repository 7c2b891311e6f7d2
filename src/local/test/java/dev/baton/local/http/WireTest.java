package dev.baton.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes over the wire that no client would send, and what clients do when they break down.
class WireTest {
    static EmbeddedAws aws;

    @BeforeAll
    static void start() throws IOException {
        aws = EmbeddedAws.start();
        s3().send("PUT", "/lake", Map.of(), "");
        s3().send("PUT", "/lake/k", Map.of(), "content");
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static Signing s3() {
        return new Signing(aws.endpoint(), aws.administrator(), "s3");
    }

    private static void isWell() throws IOException {
        assertThat(s3().send("GET", "/lake/k", Map.of(), "").text()).isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/2.0\r\n\r\n",
                "GET / HTTP/1.1\n\n",
                "G(T / HTTP/1.1\r\n\r\n",
                "GET nowhere HTTP/1.1\r\n\r\n",
                "GET /a b HTTP/1.1\r\n\r\n",
                "GET /a\u0001b HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\n: empty\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\u0000c\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "PUT / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "PUT / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            })
    void what_is_no_request_ends_the_connection(String bytes) throws IOException {
        try (var http = new RawHttp(aws.endpoint())) {
            var answer = http.send(bytes).answer();
            assertThat(answer.status()).isIn(400, 505);
            assertThat(http.isEnded()).isTrue();
        }
        isWell();
    }

    @Test
    void heads_have_an_end() throws IOException {
        for (var head : new String[] {
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nA: " + "a".repeat(70_000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(300) + "\r\n",
            "GET / HTTP/1.1\r\n" + ("A: " + "b".repeat(1_000) + "\r\n").repeat(100) + "\r\n"
        }) {
            try (var http = new RawHttp(aws.endpoint())) {
                assertThat(http.send(head).answer().status()).isIn(414, 431);
            }
        }
        isWell();
    }

    @Test
    void broken_percent_coding_is_no_internal_error() throws IOException {
        for (var target :
                new String[] {"/lake/%", "/lake/%zz", "/lake/%ff", "/lake/%c3%28", "/lake?prefix=%e0%80", "/%00"}) {
            try (var http = new RawHttp(aws.endpoint())) {
                var answer = http.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .answer();
                assertThat(answer.status()).as(target).isIn(400, 403);
            }
        }
    }

    @Test
    void requests_follow_each_other_on_one_connection() throws IOException {
        var get = s3().sign("GET", "/lake/k", Map.of(), new byte[0]).bytes();
        var denied = "GET /lake/k HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var put = s3().sign("PUT", "/lake/p", Map.of(), "pipelined".getBytes(StandardCharsets.UTF_8))
                .bytes();
        var head = s3().sign("HEAD", "/lake/k", Map.of(), new byte[0]).bytes();
        try (var http = new RawHttp(aws.endpoint())) {
            http.send(get).send(denied).send(put).send(head).send(get);
            assertThat(http.answer().text()).isEqualTo("content");
            assertThat(http.answer().status()).isEqualTo(403);
            assertThat(http.answer().status()).isEqualTo(200);
            assertThat(http.answer(true).headers()).containsEntry("content-length", "7");
            assertThat(http.answer().text()).isEqualTo("content");
        }
    }

    @Test
    void a_refused_body_is_read_past_so_that_the_answer_arrives() throws IOException {
        var body = new byte[3 << 20];
        var request = s3().sign("PUT", "/no-such-lake/k", Map.of(), body);
        try (var http = new RawHttp(aws.endpoint())) {
            http.send(request.bytes());
            assertThat(http.answer().code()).isEqualTo("NoSuchBucket");
            assertThat(http.send(s3().sign("GET", "/lake/k", Map.of(), new byte[0])
                                    .bytes())
                            .answer()
                            .text())
                    .isEqualTo("content");
        }
    }

    @Test
    void who_asks_first_is_told_before_sending_the_body() throws IOException {
        var refused = s3().sign("PUT", "/no-such-lake/k", Map.of("Expect", "100-continue"), new byte[1_000]);
        var bytes = refused.bytes();
        try (var http = new RawHttp(aws.endpoint())) {
            http.send(Arrays.copyOf(bytes, bytes.length - 1_000));
            assertThat(http.answer().status()).isEqualTo(404);
        }
        var taken = s3().sign(
                        "PUT",
                        "/lake/expected",
                        Map.of("Expect", "100-continue"),
                        "body".getBytes(StandardCharsets.UTF_8));
        bytes = taken.bytes();
        try (var http = new RawHttp(aws.endpoint())) {
            http.send(Arrays.copyOf(bytes, bytes.length - 4));
            assertThat(http.answer().status()).isEqualTo(100);
            assertThat(http.send("body").answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"/lake/empty, 200", "/no-such-lake/empty, 404"})
    void who_asks_first_and_sends_nothing_is_told_all_the_same_and_the_connection_stays_in_step(String path, int status)
            throws IOException {
        var empty = s3().sign("PUT", path, Map.of("Expect", "100-continue"), new byte[0]);
        var next = s3().sign("PUT", "/lake/next", Map.of(), "next".getBytes(StandardCharsets.UTF_8));
        try (var http = new RawHttp(aws.endpoint())) {
            http.send(empty.bytes());
            assertThat(http.answer().status()).isEqualTo(100);
            assertThat(http.answer().status()).isEqualTo(status);
            http.send(next.bytes());
            assertThat(http.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_stops_stores_nothing() throws IOException {
        var request = s3().sign("PUT", "/lake/half", Map.of(), new byte[100_000]);
        var bytes = request.bytes();
        for (int sent : new int[] {bytes.length - 99_999, bytes.length - 50_000, bytes.length - 1}) {
            try (var http = new RawHttp(aws.endpoint())) {
                http.send(Arrays.copyOf(bytes, sent));
                http.socket().shutdownOutput();
                http.socket().getInputStream().readAllBytes();
            }
        }
        assertThat(s3().send("GET", "/lake/half", Map.of(), "").status()).isEqualTo(404);
        isWell();
    }

    @Test
    void clients_that_do_nothing_hinder_nobody() throws IOException {
        var idle = new ArrayList<RawHttp>();
        try {
            for (int i = 0; i < 500; i++) {
                var http = new RawHttp(aws.endpoint());
                idle.add(http);
                if (i % 3 == 1) {
                    http.send("GET /lake/k HTTP/1.1\r\nHost:");
                } else if (i % 3 == 2) {
                    var put = s3().sign("PUT", "/lake/slow", Map.of(), new byte[10_000])
                            .bytes();
                    http.send(Arrays.copyOf(put, put.length - 5_000));
                }
            }
            isWell();
        } finally {
            for (var http : idle) {
                http.close();
            }
        }
        isWell();
    }

    @Test
    void metadata_cannot_bring_headers_of_its_own() throws IOException {
        try (var http = new RawHttp(aws.endpoint())) {
            var answer = http.send(s3().sign(
                                    "GET",
                                    "/lake/k?response-content-type=text%2Fplain%0D%0ASet-Cookie%3A%20x%3Dy",
                                    Map.of(),
                                    new byte[0])
                            .bytes())
                    .answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKey("set-cookie");
        }
    }

    @Test
    void nobody_else_on_the_network_reaches_it() throws IOException {
        var interfaces = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress address : interfaces) {
            assertThat(connects(address)).as(address.toString()).isFalse();
        }
    }

    private static boolean connects(InetAddress address) {
        try (var socket = new Socket()) {
            socket.connect(
                    new java.net.InetSocketAddress(address, aws.endpoint().getPort()), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_huge_body_passes_through_without_being_held() throws Exception {
        long length = 120L << 20;
        var request = s3().withPayloadHash("UNSIGNED-PAYLOAD")
                .sign("PUT", "/lake/huge", Map.of("Content-Length", Long.toString(length)), new byte[0]);
        var block = new byte[1 << 20];
        new Random(5).nextBytes(block);
        var sha = java.security.MessageDigest.getInstance("SHA-256");
        try (var http = new RawHttp(aws.endpoint())) {
            http.send(request.bytes());
            OutputStream out = http.socket().getOutputStream();
            for (long sent = 0; sent < length; sent += block.length) {
                out.write(block);
                sha.update(block);
            }
            assertThat(http.answer().status()).isEqualTo(200);
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            assertThat(used).isLessThan(length);
            http.send(s3().sign("GET", "/lake/huge", Map.of(), new byte[0]).bytes());
            var read = java.security.MessageDigest.getInstance("SHA-256");
            InputStream in = http.socket().getInputStream();
            for (var line = new StringBuilder(); !line.toString().endsWith("\r\n\r\n"); ) {
                line.append((char) in.read());
            }
            var buffer = new byte[64 << 10];
            for (long left = length; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                read.update(buffer, 0, count);
                left -= count;
            }
            assertThat(HexFormat.of().formatHex(read.digest()))
                    .isEqualTo(HexFormat.of().formatHex(sha.digest()));
        }
        assertThat(s3().send("DELETE", "/lake/huge", Map.of(), "").status()).isEqualTo(204);
    }
}
