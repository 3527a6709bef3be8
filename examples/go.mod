module morestack.example

go 1.25
