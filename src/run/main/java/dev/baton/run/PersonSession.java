package dev.baton.run;

import dev.baton.name.Sha256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// The session of the role that people have for a while, as STS is told of it.
///
/// @param request the id of the request that was granted, which is the session's name
/// @param person whose session it is
public record PersonSession(String request, Requester person) {
    /// The tag with the id of the request that was granted.
    public static final String GRANT_TAG = "baton:grant";

    private static final int LONGEST = 64;
    private static final int DIGITS = 16;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_+=,.@-]");

    /// The person in the alphabet that STS has for it: `okta=ada@example.com`. What had to be changed beyond the colon,
    /// or cut, ends in a hash, so that two persons stay two. It stays with everything that the session does.
    public String sourceIdentity() {
        var id = person.session().map(name -> role() + "=" + name).orElse(role());
        var plain = id.replaceFirst(":", "=");
        var safe = NOT_IN_NAMES.matcher(plain).replaceAll("-");
        return safe.equals(plain) && safe.length() >= 2 && safe.length() <= LONGEST
                ? safe
                : safe.substring(0, Math.min(safe.length(), LONGEST - DIGITS - 1)) + "."
                        + Sha256.hex(id).substring(0, DIGITS);
    }

    /// Of an ARN what is behind its last slash: the account is this one.
    private String role() {
        var id = person.id();
        return person.kind() == Requester.Kind.ROLE ? id.substring(id.lastIndexOf('/') + 1) : id;
    }

    /// What the names of all such sessions look like, as `StringLike` takes it.
    public static String namePattern() {
        return "????????T??????Z-????????";
    }

    /// The tags by their names.
    public SequencedMap<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        tags.put(RoleSession.REQUESTER_TAG, RoleSession.tagValue(person.shown()));
        tags.put(GRANT_TAG, request);
        return Collections.unmodifiableSequencedMap(tags);
    }
}
