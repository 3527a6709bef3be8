/** English: a page that broke. */
export const broken = {answer: 'Something in Morestack itself broke, and a part of the page is not up to date:', title: 'Something in Morestack itself broke', advice: 'Your files are untouched. Load the page anew to start over.', reload: 'Load anew'};
