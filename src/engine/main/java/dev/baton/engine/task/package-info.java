/// The only way from the engine to services: one interface for every kind of resource.
@NullMarked
package dev.baton.engine.task;

import org.jspecify.annotations.NullMarked;
