package dev.baton.revision;

import java.util.regex.Pattern;

/// The address that a repository was cloned from, as it may be told to others.
final class RemoteUrl {
    private static final Pattern ADDRESS =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?<rest>[^/?#]*)(?<path>[^?#]*).*");

    private RemoteUrl() {}

    /// The address without a user, a password or a token: what stands before `@`, and everything after `?` or `#`. Of
    /// `git@host:path` the user stays, who is nobody. A path of this machine is nobody else's business.
    static String withoutCredentials(String url) {
        var address = ADDRESS.matcher(url.strip());
        if (address.matches()) {
            if (address.group("scheme").equals("file://")) {
                return "";
            }
            var rest = address.group("rest");
            return address.group("scheme") + rest.substring(rest.lastIndexOf('@') + 1) + address.group("path");
        }
        // scp's form. "C:\\" is a drive, and ext::, which runs a command, is no address.
        var text = url.strip();
        var head = text.split("/", 2)[0];
        var at = head.lastIndexOf('@');
        var colon = head.indexOf(':', at + 1);
        if (colon <= at + 2 || head.startsWith("::", colon) || head.contains("\\")) {
            return "";
        }
        var user = at < 0 ? "" : head.substring(0, at);
        return user.equals("git") || user.equals("hg") ? text : text.substring(at + 1);
    }
}
