/** The demo's application: a web shop with data, missing indexes and customers. */
@NullMarked
package dev.logdex.deploy.demo;

import org.jspecify.annotations.NullMarked;
