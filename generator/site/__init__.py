"""The site: a course into pages, each a value that MkDocs or any other generator can write."""
