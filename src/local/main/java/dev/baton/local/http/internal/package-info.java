/// HTTP/1.1 on loopback and the verification of signatures: how requests come to services.
@NullMarked
package dev.baton.local.http.internal;

import org.jspecify.annotations.NullMarked;
