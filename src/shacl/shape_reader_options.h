/* How a shapes graph is read. */
#ifndef RP_SHACL_SHAPE_READER_OPTIONS_H
#define RP_SHACL_SHAPE_READER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct RpShapeReaderOptions {
    bool leaves_out; /* what is ill-formed or not implemented, listing it in RpShapes.left_out,
                        instead of failing */
    bool subclass_from_shapes; /* rdfs:subClassOf of the shapes text counts for data too */
    bool collects_findings;    /* go on after what is wrong, listing it in RpShapes.findings */
    uint32_t depth_limit;      /* of paths and of shapes within shapes */
} RpShapeReaderOptions;

#endif
