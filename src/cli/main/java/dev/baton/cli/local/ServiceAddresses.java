package dev.baton.cli.local;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The addresses that a call and its surroundings name.
public final class ServiceAddresses {
    private ServiceAddresses() {}

    /// The address, if it is one.
    ///
    /// @param place what names it, such as `--endpoint`
    /// @throws DiagnosticException CLI028 when it is none of HTTP or HTTPS
    public static URI http(String place, String text) {
        try {
            var address = new URI(text);
            var scheme = address.getScheme();
            if (address.getHost() != null && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told as every text that is not an address.
        }
        throw new DiagnosticException(Diagnostic.error(
                "CLI028",
                Location.named(place),
                "expected an address such as http://127.0.0.1:4570, but was \"" + text + "\"",
                "give the whole address, with http:// or https:// and a host"));
    }

    /// The servers of `--api`, by host.
    ///
    /// @throws DiagnosticException CLI028 when an address is none
    public static Map<String, URI> servers(Map<String, String> apis) {
        var servers = new LinkedHashMap<String, URI>();
        apis.forEach((host, server) -> servers.put(host, http("--api " + host, server)));
        return servers;
    }
}
