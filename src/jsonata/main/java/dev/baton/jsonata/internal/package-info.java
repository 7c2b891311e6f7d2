@NullMarked
package dev.baton.jsonata.internal;

import org.jspecify.annotations.NullMarked;
