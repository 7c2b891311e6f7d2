package dev.baton.cli.serve;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.ReadSession;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sessions for reading that a server has, one for each place that it is asked about.
public final class ReadSessions implements AutoCloseable {
    private final @Nullable String role;
    private final Map<String, ReadSession> sessions = new HashMap<>();
    private final Map<String, Endpoint> opened = new HashMap<>();

    /// @param role the ARN of the role to read as; null where the credentials are a user's own
    public ReadSessions(@Nullable String role) {
        this.role = role;
    }

    /// An endpoint at which nothing but reading is allowed.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI164 when there is no such session
    public synchronized Endpoint narrow(Endpoint endpoint) {
        var place = endpoint.address() + " " + endpoint.region();
        var session = sessions.get(place);
        if (session == null) {
            session = endpoint.reading(role);
            try {
                session.resolveCredentials();
            } catch (RuntimeException e) {
                session.close();
                endpoint.close();
                throw e;
            }
            sessions.put(place, session);
            opened.put(place, endpoint);
            return endpoint.as(session);
        }
        var narrowed = endpoint.as(session);
        endpoint.close();
        return narrowed;
    }

    @Override
    public synchronized void close() {
        sessions.values().forEach(ReadSession::close);
        opened.values().forEach(Endpoint::close);
    }
}
