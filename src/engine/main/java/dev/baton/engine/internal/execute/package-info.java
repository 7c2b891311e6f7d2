/// An execution while it runs: its thread of control, its branches, its attempts, its history.
@NullMarked
package dev.baton.engine.internal.execute;

import org.jspecify.annotations.NullMarked;
