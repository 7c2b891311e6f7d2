package dev.baton.local.http;

import java.io.EOFException;

/// The client went away, or stalled too long, before its request had come whole. Nobody is there to be told.
public final class ClientGone extends EOFException {
    private static final long serialVersionUID = 1;

    public ClientGone() {
        super("the client went away");
    }
}
