@NullMarked
package dev.baton.jsonata;

import org.jspecify.annotations.NullMarked;
