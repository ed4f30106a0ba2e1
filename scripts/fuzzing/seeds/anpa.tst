W2870world
f l BC-US--Mill     11-13 0049
^BC-US--Mill,49<
^Mill opens<
^By JANE DOE=
	   OMAHA (AP) _ The ``big'' mill opened, one of the largest there.
 
	   It holds corn, and was built by hands in the years of the war, when nobody in the county had seen a mill of that size.
 
	   Nobody was hurt.
 
	   It holds corn, and was built by hand in the years of the war, when nobody had seen a mill of that size there.
 
	   AP-WF-11-13-13 1509GMT<

