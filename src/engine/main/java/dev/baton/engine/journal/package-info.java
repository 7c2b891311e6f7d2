/// What an engine tells so that its executions outlive it.
@NullMarked
package dev.baton.engine.journal;

import org.jspecify.annotations.NullMarked;
