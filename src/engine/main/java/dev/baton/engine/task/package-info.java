@NullMarked
package dev.baton.engine.task;

import org.jspecify.annotations.NullMarked;
