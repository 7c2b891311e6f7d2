package dev.baton.local.http.internal;

import dev.baton.local.caller.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The keys that are derived from secrets, one a day, region and service: four HMACs saved on each request.
final class SigningKeys {
    private static final int MAX_KNOWN = 10_000;

    private record Derivation(String secret, String scope) {
        @Override
        public String toString() {
            return "Derivation for " + scope;
        }
    }

    private final Map<Derivation, Hmac> known = new ConcurrentHashMap<>();

    Hmac of(AccessKey credentials, Authorization by) {
        var derivation = new Derivation(credentials.secretAccessKey(), by.scope());
        var key = known.get(derivation);
        if (key == null) {
            key = derive(credentials.secretAccessKey(), by);
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            known.put(derivation, key);
        }
        return key;
    }

    private static Hmac derive(String secret, Authorization by) {
        var day = new Hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8)).of(by.date());
        var region = new Hmac(day).of(by.region());
        var service = new Hmac(region).of(by.service());
        return new Hmac(new Hmac(service).of("aws4_request"));
    }
}
