/// Access: who may do what, shown, explained, and compared between two revisions.
@NullMarked
package dev.baton.cli.access;

import org.jspecify.annotations.NullMarked;
