package dev.confetti.platform;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Pages by their addresses. One that names a live is the same file for all lives; the page reads
 * which from there.
 */
@RestController
@Hidden
class PagesController {
    @GetMapping({"/", "/index.html"})
    ResponseEntity<Resource> discover() {
        return page("index.html");
    }

    @GetMapping("/watch/{liveId}")
    ResponseEntity<Resource> watch() {
        return page("watch.html");
    }

    @GetMapping("/overlay/{liveId}")
    ResponseEntity<Resource> overlay() {
        return page("overlay.html");
    }

    /** The console of finance staff; the place within it stands after the address's {@code #}. */
    @GetMapping({"/finance", "/finance/"})
    ResponseEntity<Resource> finance() {
        return page("finance.html");
    }

    private static ResponseEntity<Resource> page(String file) {
        Resource page = new ClassPathResource("static/" + file);
        if (!page.exists()) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "this build has no page " + file);
        }
        // The files that it names carry a hash in their names; the page itself must stay fresh.
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.TEXT_HTML)
                .body(page);
    }
}
