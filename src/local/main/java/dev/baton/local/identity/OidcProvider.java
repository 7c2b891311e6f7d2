package dev.baton.local.identity;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// An OpenID Connect issuer whose tokens may assume roles.
///
/// @param url the issuer as its tokens name it, `https://…`; `http://` only on loopback
/// @param clientIds the audiences that are taken
/// @param thumbprints of the issuer's certificate; kept, as AWS keeps them
public record OidcProvider(
        String arn,
        String url,
        List<String> clientIds,
        List<String> thumbprints,
        Instant created,
        SortedMap<String, String> tags) {

    public OidcProvider {
        clientIds = List.copyOf(clientIds);
        thumbprints = List.copyOf(thumbprints);
    }

    /// The issuer without its scheme: how condition keys (`issuer:sub`) and the ARN name it.
    public String name() {
        return url.substring(url.indexOf("://") + 3);
    }
}
