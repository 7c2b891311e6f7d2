/// The journal of an engine, by which its executions outlive it.
@NullMarked
package dev.baton.engine.journal;

import org.jspecify.annotations.NullMarked;
